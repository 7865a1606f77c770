/// One message on its way, as bytes.
struct Frame: Equatable {
  enum Direction: Equatable {
    case toServer, toClient
  }

  let connection: Int
  let direction: Direction
  let bytes: [UInt8]
}
