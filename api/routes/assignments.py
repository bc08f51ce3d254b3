"""Teams and the work that is given to them; a person's own list."""

from fastapi import APIRouter

router = APIRouter(prefix="/api")
