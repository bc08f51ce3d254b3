"""``python -m api.cli`` is ``qingfei``, whatever the program is installed as."""

from api.cli import main

if __name__ == "__main__":
    main()
