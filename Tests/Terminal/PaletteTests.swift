import Terminal
import Testing

@Suite("what a terminal has")
struct PaletteTests {
  @Test(
    "each of the 256 colours used has a contrast of 3.8 at least on white and on black",
    arguments: Tone.allCases)
  func contrast(_ tone: Tone) {
    guard let index = ColorPalette.fixed.color(of: tone) else {
      #expect(tone == .plain)
      return
    }
    let luminance = luminance(of: Int(index))
    #expect((luminance + 0.05) / 0.05 >= 3.8)
    #expect(1.05 / (luminance + 0.05) >= 3.8)
  }

  /// The relative luminance (WCAG 2) of a colour of xterm's cube or grey ramp.
  private func luminance(of index: Int) -> Double {
    let steps = [0, 95, 135, 175, 215, 255]
    let cube = index - 16
    let grey = 8 + 10 * (index - 232)
    let rgb = index >= 232 ? [grey, grey, grey] : [steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6]]
    let linear = rgb.map { linearized(Double($0) / 255) }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  /// x to the power of 2.25, which is within a hundredth of sRGB's curve.
  private func linearized(_ value: Double) -> Double { value * value * value.squareRoot().squareRoot() }

  @Test(
    "the palette follows the number of colours and the wish for them",
    arguments: [
      (256, true, ColorPalette.fixed), (88, true, .theme), (16, true, .theme), (8, true, .theme),
      (-1, true, .mono),
      (0, true, .mono), (256, false, .mono), (65_536, true, .fixed),
    ])
  func palette(_ colors: Int, _ isWanted: Bool, _ palette: ColorPalette) {
    #expect(ColorPalette(colors: colors, isColorWanted: isWanted) == palette)
  }

  @Test("without colours danger stands out all the same")
  func mono() {
    #expect(ColorPalette.mono.attributes(of: .danger) == .bold)
    #expect(Tone.allCases.allSatisfy { ColorPalette.mono.color(of: $0) == nil })
  }

  @Test(
    "ASCII stands in, one cell for one",
    arguments: [
      ("─", "-"), ("│", "|"), ("┌", "+"), ("┼", "+"), ("═", "-"), ("…", "~"), ("✓", "+"), ("▸", ">"),
      ("→", ">"),
      ("ü", "u"), ("Ø", "O"), ("ß", "s"), ("À", "A"), ("ÿ", "y"), ("漢", "?"), ("a", "a"), ("█", "#"),
      ("\u{A0}", " "), ("\u{FFFD}", "?"), ("Ω", "?"),
    ] as [(Unicode.Scalar, Unicode.Scalar)])
  func ascii(_ scalar: Unicode.Scalar, _ expected: Unicode.Scalar) {
    #expect(AsciiFallback.character(for: scalar) == expected)
  }

  @Test("in ASCII no cell has anything else, and keeps its style")
  func asciiCells() {
    for value in UInt32(0x20)...0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for cell in Glyphs(String(Character(scalar))) {
        let shown = Repertoire.ascii.shown(Cell(scalars: cell.scalars, style: .selected, width: cell.width))
        if shown.scalars[0] > 0x7E || shown.scalars[1] != 0 || shown.style != .selected || shown.width != 1 {
          Issue.record("U+\(String(value, radix: 16)) is shown as \(shown)")
        }
      }
    }
  }

  @Test(
    "the Linux console keeps letters and lines, and squares the corners",
    arguments: [("é", "é"), ("─", "─"), ("╭", "┌"), ("✓", "+"), ("▸", ">"), ("…", "~"), ("█", "█")]
      as [(Unicode.Scalar, Unicode.Scalar)])
  func console(_ scalar: Unicode.Scalar, _ expected: Unicode.Scalar) {
    #expect(Repertoire.console.shown(Cell(scalar)) == Cell(expected))
    #expect(Repertoire.unicode.shown(Cell(scalar)) == Cell(scalar))
  }

  @Test(
    "where signs of ambiguous width are wide, others stand in for them, and for nothing else",
    arguments: [
      ("─", "-"), ("│", "|"), ("…", "~"), ("é", "e"), ("Ж", "?"), ("×", "x"), ("a", "a"), ("›", "›"),
      ("漢", "漢"),
    ] as [(Unicode.Scalar, Unicode.Scalar)])
  func wideAmbiguous(_ scalar: Unicode.Scalar, _ expected: Unicode.Scalar) {
    #expect(Repertoire.wideAmbiguous.shown(Cell(scalar)) == Cell(expected))
  }
}
