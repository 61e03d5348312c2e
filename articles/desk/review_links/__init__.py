"""Review links: the desk's page that makes and revokes them, and the page that they open."""
