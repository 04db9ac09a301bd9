# tests/test_users.py
from quart.typing import TestClientProtocol as Client


async def test_the_user_sees_her_account(client: Client, auth: dict[str, str]) -> None:
    response = await client.get("/users/me", headers=auth)
    assert response.status_code == 200
    assert (await response.get_json())["email"] == "ada@example.com"


async def test_an_invalid_body_is_told_by_field(client: Client) -> None:
    response = await client.post("/users", json={"email": "nobody", "password": "short"})
    assert response.status_code == 422
    details = (await response.get_json())["error"]["details"]
    assert {item["field"] for item in details} == {"email", "password", "name"}
