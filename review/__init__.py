"""The web application: pages for people who are not engineers, over the same services as the commands."""
