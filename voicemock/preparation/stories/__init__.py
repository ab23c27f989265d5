"""The story bank: plain files, what they cover and lack, and every number said of them."""
