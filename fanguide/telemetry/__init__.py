"""What a running site tells of itself: log, metrics, traces. No personal data, no secrets, no words of searches."""
