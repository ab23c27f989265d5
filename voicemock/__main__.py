"""Let ``python -m voicemock`` do what ``voicemock`` does."""

from voicemock.cli.main import run

if __name__ == "__main__":
    run()
