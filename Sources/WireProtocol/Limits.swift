import CRDT

/// Every bound on what a peer can grow. `Protocol/limits.md` lists each with its reason; a test ties the two.
public enum Limits {
  /// The sub-protocol that client and server agree on when the WebSocket opens.
  public static let subprotocol = "kos.sync.v1"

  /// The largest message after authentication, in bytes.
  public static let messageBytes = 262_144
  /// The largest encoded state of a record that takes in a change: what is left of a message for it, with
  /// room for the heads of refused changes, which cannot be refused in their turn.
  public static let stateBytes = messageBytes - 32_768
  /// The largest entry, packed: what is left of a message for it.
  public static let entryBytes = messageBytes - 1_024
  /// The largest message before authentication, in bytes.
  public static let helloBytes = 4_096
  /// The most changes in one journal entry.
  public static let entryChanges = 64
  /// The largest payload of a change, in bytes.
  public static let payloadBytes = 65_536
  /// The largest content of a payload that is sent compressed, in bytes.
  public static let payloadInflatedBytes = 262_144
  /// The largest content of a text's state that is sent compressed, in bytes.
  public static let textInflatedBytes = 4_194_304
  /// The most characters that the texts of a record have and had, deleted ones included.
  public static let textCharacters = 4_194_304
  /// The longest rank, in bytes.
  public static let rankBytes = Rank.bytesMax
  /// The most operations in a change.
  public static let changeOperations = 1_024
  /// The largest value, in bytes.
  public static let valueBytes = 60_000
  /// The most live values of one field; concurrent writers alone can reach it.
  public static let fieldValues = 4_096
  /// The most fields of a record.
  public static let recordFields = 1_024
  /// The most actors in a version vector.
  public static let versionActors = 4_096
  /// The most persons in a record's `about`.
  public static let aboutPersons = 32
  /// The highest number of an actor's changes in one record, and the highest number of journal entries.
  public static let highestNumber: UInt64 = 1 << 48
  /// How many deliveries a server sends ahead of their confirmation.
  public static let outstandingDeliveries = 16
  /// From how many bytes in deliveries that are not confirmed a server waits. With one more message it stays
  /// within what the transport queues for one peer.
  public static let outstandingBytes = 524_288
  /// The size that a delivery or push aims at, in bytes; the last item may exceed it.
  public static let batchBytes = 131_072
  /// The most entries in a push.
  public static let pushEntries = 1_024
  /// The most pushes of one session that wait for their verdicts.
  public static let outstandingPushes = 4
  /// How long an enrolment code is valid, in seconds.
  public static let codeSeconds: Int64 = 15 * 60
  /// How long an enrolment code is valid for somebody who is not in the room, in seconds: a letter may carry
  /// it.
  public static let remoteCodeSeconds: Int64 = 7 * 24 * 60 * 60
  /// How many enrolment codes of one inviter may be open at a time.
  public static let openCodes = 1_024
  /// How many wrong proofs end an enrolment code.
  public static let codeAttempts = 5
  /// How many records one message says are held, are to be wiped, or were.
  public static let heldRecords = 4_096
  /// How many releases and reclassifications of its record a change says that its author had seen.
  public static let audienceVersions = 64
  /// How many entries of a device wait for a person's decision.
  public static let quarantinedEntries = 256
  /// How many bytes those have.
  public static let quarantinedBytes = 4_194_304
  /// The most successions that a hello lists.
  public static let lineage = 8
  /// The longest device or person name in an enrolment or invitation, in bytes.
  public static let nameBytes = 200

  /// The largest attachment, in bytes.
  public static let attachmentBytes = 67_108_864
  /// How many bytes of an attachment travel in one message, the last one excepted.
  public static let chunkBytes = 65_536
  /// How many chunks of one session are on their way in either direction. What is sent live waits behind no
  /// more than these.
  public static let outstandingChunks = 3
  /// How many attachments a device has begun to send and not finished.
  public static let unfinishedUploads = 16
  /// How many attachments one message asks about.
  public static let availabilityAttachments = 256

  /// The largest clear header of a bundle, in bytes.
  public static let bundleHeaderBytes = 1_024
  /// How many bytes of a bundle's content are sealed together, the last ones excepted.
  public static let bundleChunkBytes = 65_536

  /// The most rows of a log of knowing.
  public static let logRows: UInt64 = 1 << 48
  /// The most hashes in a proof on a log: one a level, and one more.
  public static let proofHashes = 49
  /// The longest code of a rule or a purpose in a log's row, in bytes.
  public static let logCodeBytes = 64
  /// The largest part of a log's row, in bytes.
  public static let logPartBytes = 1_024
  /// The most rows of the log of what was opened in a message.
  public static let openedRows = 128
  /// The most rows of a log, with the checkpoints that they reach, in a page for who reads all of it.
  public static let logPageRows = 512
  /// How old a log's newest checkpoint may get before the server signs another, in seconds.
  public static let checkpointSeconds: Int64 = 60

  /// How many devices of a person a directory names, the newest first.
  public static let directoryDevices = 256
  /// How many persons a client takes in of a directory.
  public static let directoryPersons = 65_536

  /// The most sealed items that one connection hands over.
  public static let rescueItems = 4_096
  /// How many of them may be good for nothing before the connection ends.
  public static let rescueFailures = 16

  /// Every bound under the name that the documentation uses.
  public static let all: [(name: String, value: UInt64)] = [
    ("message_bytes", UInt64(messageBytes)), ("hello_bytes", UInt64(helloBytes)),
    ("entry_changes", UInt64(entryChanges)), ("payload_bytes", UInt64(payloadBytes)),
    ("payload_inflated_bytes", UInt64(payloadInflatedBytes)),
    ("change_operations", UInt64(changeOperations)), ("value_bytes", UInt64(valueBytes)),
    ("field_values", UInt64(fieldValues)), ("record_fields", UInt64(recordFields)),
    ("text_characters", UInt64(textCharacters)), ("text_inflated_bytes", UInt64(textInflatedBytes)),
    ("rank_bytes", UInt64(rankBytes)),
    ("version_actors", UInt64(versionActors)), ("about_persons", UInt64(aboutPersons)),
    ("highest_number", highestNumber), ("outstanding_deliveries", UInt64(outstandingDeliveries)),
    ("outstanding_bytes", UInt64(outstandingBytes)),
    ("batch_bytes", UInt64(batchBytes)), ("push_entries", UInt64(pushEntries)),
    ("outstanding_pushes", UInt64(outstandingPushes)), ("code_seconds", UInt64(codeSeconds)),
    ("remote_code_seconds", UInt64(remoteCodeSeconds)), ("open_codes", UInt64(openCodes)),
    ("code_attempts", UInt64(codeAttempts)),
    ("lineage", UInt64(lineage)), ("name_bytes", UInt64(nameBytes)),
    ("held_records", UInt64(heldRecords)),
    ("audience_versions", UInt64(audienceVersions)),
    ("quarantined_entries", UInt64(quarantinedEntries)),
    ("quarantined_bytes", UInt64(quarantinedBytes)),
    ("attachment_bytes", UInt64(attachmentBytes)), ("chunk_bytes", UInt64(chunkBytes)),
    ("outstanding_chunks", UInt64(outstandingChunks)), ("unfinished_uploads", UInt64(unfinishedUploads)),
    ("availability_attachments", UInt64(availabilityAttachments)),
    ("bundle_header_bytes", UInt64(bundleHeaderBytes)), ("bundle_chunk_bytes", UInt64(bundleChunkBytes)),
    ("log_rows", logRows), ("proof_hashes", UInt64(proofHashes)), ("log_code_bytes", UInt64(logCodeBytes)),
    ("log_part_bytes", UInt64(logPartBytes)), ("opened_rows", UInt64(openedRows)),
    ("log_page_rows", UInt64(logPageRows)),
    ("directory_devices", UInt64(directoryDevices)), ("directory_persons", UInt64(directoryPersons)),
    ("checkpoint_seconds", UInt64(checkpointSeconds)),
    ("rescue_items", UInt64(rescueItems)), ("rescue_failures", UInt64(rescueFailures)),
  ]
}
