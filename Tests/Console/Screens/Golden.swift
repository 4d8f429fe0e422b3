import Foundation
import Terminal
import Testing

/// Golden frames: what a screen looked like when a person last looked at it, as a text grid and a grid
/// of attributes. `POPSEC_RECORD=1 swift test` writes them anew; read the difference before it is committed.
enum Golden {
  static func check(_ canvas: Canvas, _ name: String, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let file = folder.appendingPathComponent(name + ".txt")
    let seen = canvas.golden + "\n"
    checkSelection(of: canvas, name, sourceLocation: sourceLocation)
    if ProcessInfo.processInfo.environment["POPSEC_RECORD"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try seen.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let wanted = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    guard seen != wanted else { return }
    Issue.record("\(name) looks different now:\n\(difference(wanted, seen))", sourceLocation: sourceLocation)
  }

  /// Whoever follows the terminal's cursor is led to what is selected.
  static func checkSelection(
    of canvas: Canvas, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    if canvas.cursor == nil, let place = canvas.selection {
      let style = canvas[place.column, place.row].style
      #expect(style.attributes.contains(.reverse), "\(name): \(place)", sourceLocation: sourceLocation)
    } else if canvas.cursor == nil {
      let rows = 1..<max(1, canvas.size.rows - 1)
      let isSelecting = rows.contains { row in
        (0..<canvas.size.columns).contains { canvas[$0, row].style.attributes.contains(.reverse) }
      }
      #expect(!isSelecting, "\(name): nothing leads to what is selected", sourceLocation: sourceLocation)
    }
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Golden")

  /// The lines that differ, the old one and the new one.
  private static func difference(_ wanted: String, _ seen: String) -> String {
    let old = wanted.split(separator: "\n", omittingEmptySubsequences: false)
    let new = seen.split(separator: "\n", omittingEmptySubsequences: false)
    return (0..<max(old.count, new.count)).compactMap { index -> String? in
      let (before, after) = (index < old.count ? old[index] : "", index < new.count ? new[index] : "")
      return before == after ? nil : "\(index + 1)- \(before)\n\(index + 1)+ \(after)"
    }.joined(separator: "\n")
  }
}
