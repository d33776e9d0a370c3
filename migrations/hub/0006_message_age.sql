-- What is old is looked for every hour, and who else uses the bytes of what is taken away.
ALTER TABLE hub_message
  ADD KEY hub_message_age (created_at),
  ADD KEY hub_message_blob (blob_sha256);
