"""The public site: from editions in force to pages, feeds and sitemaps. It reads, and never knows a working copy.

A view finds (selectors), decides (404, 410, 301) and renders (rendering). A page is made from what its few queries
gave and from nothing else, so equal answers of the database are rendered once.
"""
