"""Golden pages: fixtures for the tests of the project and of its users."""
