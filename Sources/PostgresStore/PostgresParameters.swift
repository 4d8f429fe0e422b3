internal import SQLStore

/// Values in the binary form of the protocol.
struct PostgresParameters {
  let types: [UInt32]
  private let buffers: [[UInt8]?]

  var count: Int32 { Int32(buffers.count) }

  init(_ values: [SQLValue]) {
    types = values.map { value in
      switch value {
      // The server finds out the type of a null by its place.
      case .null: 0
      case .integer: PostgresType.int8
      case .text: PostgresType.text
      case .bytes: PostgresType.bytea
      }
    }
    buffers = values.map { value in
      switch value {
      case .null: nil
      case .integer(let number): withUnsafeBytes(of: number.bigEndian) { Array($0) }
      case .text(let text): Array(text.utf8)
      case .bytes(let bytes): bytes
      }
    }
  }

  func withPointers<Result>(
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
  ) -> Result {
    let formats = [Int32](repeating: 1, count: buffers.count)
    let lengths = buffers.map { Int32($0?.count ?? 0) }
    var all: [UInt8] = []
    // An empty value needs an address too, because none means null.
    all.reserveCapacity(buffers.reduce(1) { $0 + ($1?.count ?? 0) })
    for buffer in buffers { all += buffer ?? [] }
    all.append(0)
    return all.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { bytes in
        var offset = 0
        let pointers: [UnsafePointer<CChar>?] = buffers.map { buffer in
          guard let buffer else { return nil }
          defer { offset += buffer.count }
          return bytes.baseAddress.map { $0 + offset }
        }
        return body(pointers, lengths, formats)
      }
    }
  }
}

/// The ids of the types that popsec uses (pg_type.dat).
enum PostgresType {
  static let bool: UInt32 = 16
  static let bytea: UInt32 = 17
  static let name: UInt32 = 19
  static let int8: UInt32 = 20
  static let int2: UInt32 = 21
  static let int4: UInt32 = 23
  static let text: UInt32 = 25
  static let varchar: UInt32 = 1043
  static let numeric: UInt32 = 1700
  static let tsvector: UInt32 = 3614
}
