"""Korean says before noon or after noon first, then the hour; Django has it so for times alone."""

DATETIME_FORMAT = "Y년 n월 j일 A g:i"
