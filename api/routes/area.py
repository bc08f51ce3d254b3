"""What a phone takes along: the area's places, imagery and ground."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/field")
