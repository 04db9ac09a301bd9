# src/app/schemas.py
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

# no control characters: PostgreSQL refuses NUL, and a line break forges the header of a mail
PART = r"[^@\s\x00-\x1f\x7f]+"
LINE = r"^[^\x00-\x1f\x7f]+$"
Email = Annotated[
    str,
    StringConstraints(to_lower=True, max_length=254, pattern=rf"^{PART}@{PART}\.{PART}$"),
]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Credentials(Body):
    email: Email
    password: SecretStr = Field(min_length=12, max_length=128)


class Registration(Credentials):
    name: str = Field(min_length=1, max_length=64, pattern=LINE)


class PasswordChange(Body):
    old: SecretStr = Field(max_length=128)
    new: SecretStr = Field(min_length=12, max_length=128)


class UserOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    email: str
    name: str
    created_at: datetime
    last_login_at: datetime | None
    welcomed_at: datetime | None


class UserList(BaseModel):
    users: list[UserOut]


class Page(BaseModel):
    after: int = Field(default=0, ge=0, le=2**31 - 1)  # what the column can hold
    limit: int = Field(default=20, ge=1, le=100)


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"


class JobOut(BaseModel):
    job: str
    state: str
    result: int | None = None
