private import Foundation
internal import Store

/// What an event tells programs, as the store keeps it.
enum NoticeDocument {
  static func data(of event: NoticeEvent) throws -> [String: NoticeDatum] {
    try JSONDecoder().decode([String: NoticeDatum].self, from: Data(event.document.utf8))
  }
}
