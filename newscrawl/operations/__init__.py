"""What runs a fleet: the schedule and who crawls what, Scrapyd's API, the doctor's checks, what a start needs."""
