"""Why a machine is refused (拒绝): a status and plain words, in the language that it asks for."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import JsonResponse
from django.utils.translation import get_language

from xiaoneng.flow.case import Fault
from xiaoneng.law.phrase import CHINESE, ENGLISH, Phrase


class Refused(Exception):
    """A request is refused with a status, words, headers and, where rows are bad, every fault."""

    def __init__(
        self,
        status: int,
        words: Phrase,
        *,
        headers: dict[str, str] | None = None,
        faults: Sequence[Fault] = (),
    ) -> None:
        """Take everything that is to be said."""
        super().__init__(words.en)
        self.status, self.words, self.headers, self.faults = status, words, headers or {}, tuple(faults)

    def answer(self) -> JsonResponse:
        """Return the refusal as an answer."""
        said: dict[str, object] = {"problem": spoken(self.words)}
        if self.faults:
            said["listed"] = faults_as_data(self.faults)
        return as_json(said, status=self.status, headers=self.headers)


def spoken(words: Phrase) -> str:
    """Return words in the language asked for by `Accept-Language`; Chinese where it asks for neither."""
    return words.spoken(ENGLISH if (get_language() or "").startswith(ENGLISH) else CHINESE)


def faults_as_data(faults: Sequence[Fault]) -> list[dict[str, object]]:
    """Return faults for machines."""
    return [{"line": one.line, "column": one.column, "what": spoken(one.what)} for one in faults]


def as_json(said: dict[str, object], *, status: int, headers: dict[str, str] | None = None) -> JsonResponse:
    """Return an answer for machines, in readable UTF-8, that nobody keeps."""
    kept = {"Cache-Control": "no-store", **(headers or {})}
    return JsonResponse(said, status=status, headers=kept, json_dumps_params={"ensure_ascii": False})


UNKNOWN_TOKEN = Phrase(
    "没有有效的令牌：请在 Authorization 头中写 Bearer 和令牌",
    "no valid token: send Authorization: Bearer and the token",
)
OTHER_FEED = Phrase("此令牌不是这个数据来源的", "this token is for another feed")
NO_KEY = Phrase(
    "缺少 Idempotency-Key 头：每一批一个编号，1 至 200 个字符，重发时不变",
    "the header Idempotency-Key is missing: a key for each import, 1 to 200 characters, the same when sent again",
)
KEY_REUSED = Phrase(
    "这个 Idempotency-Key 已用于另一份内容，什么也没有读入",
    "this Idempotency-Key brought another body before: nothing was taken",
)
TOO_LARGE = Phrase(
    "内容太大（解压后计）：请分批发送，或以文件交来",
    "too large, unpacked: send it in parts, or hand it in as a file",
)
WRONG_TYPE = Phrase(
    "不收这种内容：收 application/json（行的列表）、text/csv、application/xml（XES）、Excel、Parquet；"
    "Content-Encoding 只可为 gzip",
    "this type is not taken: send application/json (a list of rows), text/csv, application/xml (XES), Excel or "
    "Parquet; Content-Encoding may be gzip alone",
)
BROKEN_BODY = Phrase("内容读不出来：压缩或 JSON 有误", "the body cannot be read: broken gzip or JSON")
BUSY = Phrase(
    "这个来源正在读入另一批，请稍后用同一编号重发",
    "another import of this feed is under way: send again soon, same key",
)
NO_IMPORT = Phrase("没有这一批", "no such import")
BAD_ROWS = Phrase(
    "有误的行全部列出；好的行已另放，确认后入列",
    "every bad row is listed; the good ones are kept apart until confirmed",
)
NOTHING_READ = Phrase("一行也读不出来，什么也没有保存", "no row could be read; nothing was stored")
NO_METHOD = Phrase("此处不用这个方法", "this method is not used here")
