"""Native libraries' messages stay off the screen; everything after them is seen."""

import os


def test_nothing_written_by_native_code_is_seen_meanwhile(capfd):
    from voicemock.audio.quiet import quiet

    with quiet():
        os.write(2, b"ALSA lib pcm.c: underrun occurred\n")
    os.write(2, b"an error for people\n")
    assert capfd.readouterr().err == "an error for people\n"
