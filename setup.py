"""Packages for the wheel and the Scrapyd egg: settings/ is installed as newscrawl.settings.

An egg goes last on sys.path, so a top-level ``settings`` package would be shadowed by any stray settings.py.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["newscrawl", "newscrawl.*"]), "newscrawl.settings"],
    package_dir={"newscrawl.settings": "settings"},
    package_data={"newscrawl": ["py.typed"], "newscrawl.samplesite": ["**/*"]},
)
