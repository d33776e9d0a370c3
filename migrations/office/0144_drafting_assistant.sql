-- Who may prepare instructions for a leader, from when to when.
CREATE TABLE IF NOT EXISTS drafting_assistant (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  leader_post BIGINT NOT NULL,
  assistant_post BIGINT NOT NULL,
  named_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  KEY of_leader (leader_post, ended_at),
  KEY of_assistant (assistant_post, ended_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
