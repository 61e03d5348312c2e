"""Inviting people to the desk: the page of those who manage accounts, the letter, and the page that its link opens."""
