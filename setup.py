"""Packages for the wheel and the Scrapyd egg: settings/ is installed as newscrawl.settings.

An egg goes last on sys.path, so a top-level ``settings`` package would be shadowed by any stray settings.py.
"""

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py


class BuildWithoutDevelopment(build_py):
    """What is deployed has no settings for a developer's machine in it; a checkout (``pip install -e``) has."""

    def find_package_modules(self, package, package_dir):
        modules = super().find_package_modules(package, package_dir)
        return [module for module in modules if module[:2] != ("newscrawl.settings", "development")]


setup(
    packages=[*find_packages(include=["newscrawl", "newscrawl.*"]), "newscrawl.settings"],
    package_dir={"newscrawl.settings": "settings"},
    # What package_data names, and nothing found by itself, which setuptools warns of at length.
    include_package_data=False,
    package_data={"newscrawl": ["py.typed"], "newscrawl.samplesite": ["**/*"], "newscrawl.comparison": ["templates/*"]},
    cmdclass={"build_py": BuildWithoutDevelopment},
)
