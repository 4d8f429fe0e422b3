/// Whether a scalar shows nothing, or changes how its neighbours are shown: controls (C0 and C1), bidi controls,
/// joiners, tags, separators of lines and paragraphs, private use, and what Unicode has not assigned (UAX 44:
/// General_Category Cc, Cf, Zl, Zp, Co, Cs and Cn, and Default_Ignorable_Code_Point).
package func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
  // Most texts are ASCII, and looking up a scalar's properties is slow.
  if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
    return true
  default: return scalar.properties.isDefaultIgnorableCodePoint
  }
}

/// A scalar as it can stand in a JSON string in its place: `\u` and four hexadecimal digits, twice for what takes
/// two units of UTF-16 (RFC 8259, section 7).
package func jsonEscape(_ scalar: Unicode.Scalar) -> String {
  scalar.utf16.reduce(into: "") { text, unit in
    let digits = String(unit, radix: 16)
    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}

/// A JSON text in which what is unseen is escaped, except for the ends of its lines. In JSON such scalars stand in
/// strings only, where the escape means the same.
package func escapingUnseen(inJSON json: String) -> String {
  if json.utf8.allSatisfy({ $0 < 0x7F }) { return json }
  return json.unicodeScalars.reduce(into: "") { text, scalar in
    if isUnseen(scalar), scalar != "\n" {
      text += jsonEscape(scalar)
    } else {
      text.unicodeScalars.append(scalar)
    }
  }
}
