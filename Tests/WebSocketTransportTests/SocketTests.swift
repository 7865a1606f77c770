import Testing

/// Tests with real sockets on 127.0.0.1, one after the other: their raw sockets block the thread that they
/// run on.
@Suite(.serialized, .timeLimit(.minutes(1))) struct SocketTests {}
