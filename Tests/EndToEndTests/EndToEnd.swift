import Testing

/// What runs whole programs, waits for them on the tests' own threads and has deadlines: one after the other.
@Suite(.serialized) enum EndToEnd {}
