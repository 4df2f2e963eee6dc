"""Parse JSON that others wrote: damaged, deeply nested or simply not an object."""

from __future__ import annotations

import json
from typing import Any


def json_object(data: bytes | str) -> dict[str, Any]:
    """Return the JSON object in ``data``.

    Raises:
        ValueError: ``data`` is not JSON, is nested too deeply, or is not an object.
    """
    try:
        content = json.loads(data)
    except RecursionError as error:
        raise ValueError("JSON that is nested too deeply") from error
    if not isinstance(content, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - the data is wrong, not the caller's type
    return content
