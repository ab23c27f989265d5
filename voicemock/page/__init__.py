"""The whole product as a page of this computer's own browser; nothing else can read or start anything."""
