"""``python -m api.cli`` is ``qingfei``, whatever the program is installed as."""

from api.cli import main

main()
