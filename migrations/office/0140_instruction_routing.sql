-- How an instruction came about and where it stands in the chain: under which receiver of an instruction above it was given.
ALTER TABLE instruction
  ADD COLUMN IF NOT EXISTS kind TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 direction, 2 hand-over by the clerk, 3 forwarded below',
  ADD COLUMN IF NOT EXISTS parent_receiver_id BIGINT NULL COMMENT 'instruction_receiver under whom it was given; NULL: at the top',
  ADD COLUMN IF NOT EXISTS proposed_by_post BIGINT NULL COMMENT 'who prepared it for the leader',
  ADD COLUMN IF NOT EXISTS proposal_kept TINYINT UNSIGNED NULL COMMENT '1: as it was prepared, 0: the leader changed it'
