import CVterm

/// A terminal made of libvterm: what a person would see of the bytes that a program writes.
final class Emulator {
  private let terminal: OpaquePointer
  private let screen: OpaquePointer
  private(set) var columns: Int
  private(set) var rows: Int

  init(columns: Int, rows: Int) throws {
    self.columns = columns
    self.rows = rows
    guard let terminal = vterm_new(Int32(rows), Int32(columns)), let screen = vterm_obtain_screen(terminal)
    else { throw Failure("no libvterm") }
    self.terminal = terminal
    self.screen = screen
    vterm_set_utf8(terminal, 1)
    vterm_screen_enable_altscreen(screen, 1)
    vterm_screen_reset(screen, 1)
  }

  deinit { vterm_free(terminal) }

  func feed(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { buffer in
      _ = vterm_input_write(terminal, buffer.assumingMemoryBound(to: CChar.self).baseAddress, buffer.count)
    }
  }

  /// What the terminal answers to what it was asked.
  func takeReplies() -> [UInt8] {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = vterm_output_read(terminal, &buffer, buffer.count)
    return buffer[..<count].map { UInt8(bitPattern: $0) }
  }

  func resize(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    vterm_set_size(terminal, Int32(rows), Int32(columns))
  }

  /// A row's text, every column one scalar or more; the right half of a wide glyph has none.
  func cells(row: Int) -> [String] {
    (0..<columns).map { column in
      var scalars = [UInt32](repeating: 0, count: Int(VTERM_MAX_CHARS_PER_CELL))
      cvterm_scalars(screen, Int32(row), Int32(column), &scalars)
      let text = scalars.prefix { $0 != 0 }.compactMap(UnicodeScalar.init)
      return text.isEmpty ? " " : String(String.UnicodeScalarView(text))
    }
  }

  var lines: [String] { (0..<rows).map { cells(row: $0).joined() } }
}
