"""Archives that the tests of replay share."""

from tests.replay.conftest import editions as editions
