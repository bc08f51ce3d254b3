"""Routes of grades, weights, the order for money, the rules' rows."""

from fastapi import APIRouter

router = APIRouter(prefix="/api")
