private import CPlatform

/// How a terminal treats a scalar.
enum ScalarKind: Equatable {
  /// The scalar takes one or two cells of its own.
  case base(width: UInt8)
  /// The scalar is drawn onto the base before it, and takes no cell.
  case mark
  /// The scalar changes only the look of what is before it, and terminals differ on its width.
  case dropped
  /// A terminal could obey the scalar, or the scalar is invisible.
  case harmful

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20...0x7E, 0xA1...0xAC, 0xAE...0x2FF: self = .base(width: 1)
    case 0...0x9F: self = .harmful
    // Dashes, quotation marks, the ellipsis; lines and blocks.
    case 0x2010...0x2027, 0x2500...0x25FC: self = .base(width: 1)
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0x180B...0x180D, 0x180F, 0x1F3FB...0x1F3FF: self = .dropped
    default: self = Self.looked(up: scalar)
    }
  }

  /// The answer of Unicode's and the C library's tables, which take long to ask.
  static func looked(up scalar: Unicode.Scalar) -> ScalarKind {
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator, .unassigned:
      return .harmful
    default: break
    }
    if scalar.properties.isDefaultIgnorableCodePoint { return .harmful }
    switch popsec_cell_width(scalar.value) {
    case 0: return .mark
    case 1: return .base(width: 1)
    case 2: return .base(width: 2)
    default: return .harmful
    }
  }
}
