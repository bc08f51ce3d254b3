"""What the tests of the doors have in common: the account they sign in with."""

PASSWORD = "Correct-horse-7"
WRITE = {"X-Requested-With": "qingfei"}
