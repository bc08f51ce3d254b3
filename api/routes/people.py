"""Accounts: who there is, what they may do, where they are signed in."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/people")
