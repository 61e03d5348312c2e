"""The one address of the desk that needs no account: its token is the key. It is not among the public addresses.

Those (articles.reading.urls) read editions only, set no cookie and give everybody the same; this one reads a revision.
"""

from django.urls import path

from articles.desk.review_links import guest

urlpatterns = [path("review/<str:token>/", guest.review_link, name="review-link")]
