"""Routes of the register's list and saved views."""

from fastapi import APIRouter

router = APIRouter(prefix="/api")
