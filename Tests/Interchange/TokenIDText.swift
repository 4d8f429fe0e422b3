import Access

enum TokenIDText {
  static func make(using generator: inout some RandomNumberGenerator) -> String {
    TokenID.generate(using: &generator).revealed
  }
}
