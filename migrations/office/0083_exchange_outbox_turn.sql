-- What was never tried and what was are taken in turn, each in the order of one index: a backlog of one kind is not read to find the other.
ALTER TABLE exchange_outbox
  ADD COLUMN tried TINYINT UNSIGNED AS (attempts > 0) VIRTUAL COMMENT 'an attempt was made',
  ADD KEY exchange_outbox_turn (state, tried, next_attempt_at),
  DROP KEY exchange_outbox_due;
