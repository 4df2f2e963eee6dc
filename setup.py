"""Packages for the wheel and the Scrapyd egg: settings/ is installed as newscrawl.settings.

Scrapyd puts an egg last on sys.path, so any other settings.py there would hide a top-level ``settings`` package.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["newscrawl", "newscrawl.*"]), "newscrawl.settings"],
    package_dir={"newscrawl.settings": "settings"},
    # Only what package_data names; with True, setuptools prints long warnings about the data files that it finds.
    include_package_data=False,
    package_data={
        "newscrawl": ["py.typed"],
        "newscrawl.samplesite": ["**/*"],
        "newscrawl.comparison": ["templates/*"],
        "newscrawl.operations": ["templates/*"],
        "newscrawl.browse": ["templates/*", "static/*"],
        "newscrawl.reports": ["templates/*"],
    },
)
