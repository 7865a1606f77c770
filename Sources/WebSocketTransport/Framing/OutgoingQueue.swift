/// Messages that wait for one peer, first in first out, bounded in bytes and in number.
struct OutgoingQueue {
  private let bytesMax: Int
  private let messagesMax: Int
  private var messages: [[UInt8]] = []
  private var head = 0

  /// Bytes that wait.
  private(set) var byteCount = 0

  init(bytesMax: Int, messagesMax: Int) {
    self.bytesMax = bytesMax
    self.messagesMax = messagesMax
  }

  /// Messages that wait.
  var count: Int { messages.count - head }

  /// Whether nothing waits.
  var isEmpty: Bool { count == 0 }

  /// Appends a message; false, and nothing changed, when a bound would be passed.
  mutating func append(_ message: [UInt8]) -> Bool {
    guard count < messagesMax, message.count <= bytesMax - byteCount else { return false }
    messages.append(message)
    byteCount += message.count
    return true
  }

  /// Takes the oldest message.
  ///
  /// - Complexity: O(1) on average: taken places are given back when they are half of all.
  mutating func popFirst() -> [UInt8]? {
    guard head < messages.count else { return nil }
    let message = messages[head]
    messages[head] = []
    head += 1
    byteCount -= message.count
    if head == messages.count {
      messages.removeAll(keepingCapacity: messages.capacity <= 16)
      head = 0
    } else if head >= 32, head * 2 >= messages.count {
      messages.removeFirst(head)
      head = 0
    }
    return message
  }

  /// Forgets everything and gives the memory back.
  mutating func removeAll() {
    messages = []
    head = 0
    byteCount = 0
  }
}
