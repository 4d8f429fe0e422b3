private import Foundation
internal import Store

/// The text in which the store keeps the data that an event has for programs.
enum NoticeDocument {
  /// The key of the words for people.
  static let words = "text"

  static func data(of event: NoticeEvent) throws -> [String: NoticeDatum] {
    try JSONDecoder().decode([String: NoticeDatum].self, from: Data(event.document.utf8))
  }
}
