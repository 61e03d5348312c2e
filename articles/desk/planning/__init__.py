"""What is to be done, by whom and when: queues, plans, the calendar, facts to look at again, digests."""
