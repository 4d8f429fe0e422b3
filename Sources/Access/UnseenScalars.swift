/// Whether a scalar shows nothing, or changes how its neighbours are shown. Such scalars are controls (C0 and
/// C1), bidi controls, joiners, tags, separators of lines and paragraphs, private use, and what Unicode has
/// not assigned (UAX 44: General_Category Cc, Cf, Zl, Zp, Co, Cs and Cn, and Default_Ignorable_Code_Point).
package func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
  // Most texts are ASCII, and looking up a scalar's properties is slow.
  if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
  if isCommonAndSeen(scalar) { return false }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
    return true
  default: return scalar.properties.isDefaultIgnorableCodePoint
  }
}

/// Whether a scalar is one of those beyond ASCII that are most common in texts of Latin script, and is seen: the letters and
/// signs of Latin-1 and its extensions, dashes, quotation marks and the like. Of the others this tells nothing.
func isCommonAndSeen(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0xAD: false  // The soft hyphen.
  case 0xA0...0x2FF, 0x2010...0x2027, 0x2030...0x205E: true
  default: false
  }
}
