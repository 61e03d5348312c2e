"""The open read API: what is public, as JSON. `endpoints` is the table of what can be asked, `shapes` of what is
answered; views, URL patterns, the OpenAPI description and the page for people are made from these two.
"""
