import Foundation
import Terminal
import Testing

@Suite("the colours that a person chooses")
struct ThemeTests {
  /// The relative luminance (WCAG 2) of a colour of xterm's cube or grey ramp.
  private func luminance(of index: Int) -> Double {
    let steps = [0, 95, 135, 175, 215, 255]
    let cube = index - 16
    let grey = 8 + 10 * (index - 232)
    let rgb = index >= 232 ? [grey, grey, grey] : [steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6]]
    return luminance(rgb)
  }

  private func luminance(_ rgb: [Int]) -> Double {
    let linear = rgb.map { Double($0) / 255 }.map {
      $0 <= 0.040_45 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  private func contrast(_ one: Double, _ other: Double) -> Double {
    (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }

  @Test(
    "each theme's colours have a contrast of 4.5 at least on its backgrounds",
    arguments: [
      (ColorPalette.dark, [[0, 0, 0], [30, 30, 30]]), (.light, [[255, 255, 255], [253, 246, 227]]),
      (.colorBlind, [[0, 0, 0], [255, 255, 255]]),
    ])
  func contrasts(_ palette: ColorPalette, _ backgrounds: [[Int]]) {
    for tone in Tone.allCases {
      guard let color = palette.color(of: tone) else { continue }
      for background in backgrounds {
        let contrast = contrast(luminance(of: Int(color)), luminance(background))
        #expect(contrast >= 4.5, "\(tone) on \(background): \(contrast)")
      }
    }
  }

  @Test("people who can't tell red from green, or see no colours, tell danger from what is good")
  func colorBlind() {
    let palette = ColorPalette.colorBlind
    #expect(palette.color(of: .good) == nil)
    #expect(palette.color(of: .danger) != palette.color(of: .accent))
    #expect(palette.attributes(of: .danger) != palette.attributes(of: .good))
  }

  @Test(
    "a terminal with few colours, and a wish for none, go before the theme",
    arguments: [
      (256, true, ColorTheme.dark, ColorPalette.dark), (256, true, .light, .light),
      (256, true, .colorBlind, .colorBlind), (256, true, .terminal, .fixed), (16, true, .dark, .theme),
      (8, true, .colorBlind, .theme), (0, true, .light, .mono), (256, false, .dark, .mono),
    ])
  func palette(_ colors: Int, _ isWanted: Bool, _ theme: ColorTheme, _ palette: ColorPalette) {
    #expect(ColorPalette(colors: colors, isColorWanted: isWanted, theme: theme) == palette)
  }

  @Test(
    "both spellings of colour name the theme",
    arguments: [
      ("colour-blind", ColorTheme.colorBlind), ("color-blind", .colorBlind), ("dark", .dark), ("blue", nil),
    ])
  func names(_ name: String, _ theme: ColorTheme?) { #expect(ColorTheme(named: name) == theme) }

  @Test(
    "a key is written as it is shown",
    arguments: [
      ("a", Key.character("a")), ("?", .character("?")), ("Ctrl-S", .control("s")), ("ctrl-s", .control("s")),
      ("F5", .function(5)), ("Space", .character(" ")), ("Enter", .enter), ("Shift-Tab", .backTab),
      ("F13", nil), ("", nil), ("ab", nil), ("Ctrl-", nil), ("é", .character("é")),
    ])
  func keys(_ text: String, _ key: Key?) {
    #expect(Key(written: text) == key)
    if let key { #expect(Key(written: key.label) == key) }
  }
}
