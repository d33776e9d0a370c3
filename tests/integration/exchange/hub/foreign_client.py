"""A client of the axis that shares no code with the hub: written from the protocol's description,
with the habits of the axis's own client library (leaking headers, unpadded hashes, CR LF after the
body, header order of a hash map, one timestamp for all calls). Every check that fails is printed;
the exit code is their number.

    foreign_client.py PORT TIMESTAMP DOCUMENT.edxml STATUS.edxml
"""
import base64
import hashlib
import hmac
import http.client
import json
import random
import sys

PORT, TIMESTAMP = int(sys.argv[1]), sys.argv[2]
DOCUMENT = open(sys.argv[3], "rb").read()
STATUS = open(sys.argv[4], "rb").read()
failures = []


def check(truth, what):
    if not truth:
        failures.append(what)
        print("FAILED:", what)


def unpadded(data):
    return "".join("%x" % byte for byte in hashlib.sha256(data).digest())


def padded(data):
    return hashlib.sha256(data).hexdigest()


class Client:
    def __init__(self, system, secret=None, timestamp=TIMESTAMP):
        self.system, self.secret = system, secret or "secret-of-" + system
        self.timestamp = timestamp  # once for the client's life
        self.leaked = {}

    def headers(self, arguments, content_type):
        values = {"systemid": self.system, "timestamp": self.timestamp,
                  "Content-Type": content_type}
        values.update(arguments)
        names = list(values)
        random.shuffle(names)
        text = json.dumps({"XroadVnpt-" + n: values[n] for n in names}, separators=(",", ":"))
        headers = [("XroadVnpt-" + n, values[n]) for n in names]
        headers += [("XroadVnpt-sign-header-key", ";".join(names)),
                    ("XroadVnpt-sign-header", text),
                    ("XroadVnpt-hash-header",
                     hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()),
                    ("XroadVnpt-version", "3.0.201608"),
                    ("User-Agent", "JAVASDKAgent/1.0.0 XRoad/VPCP"),
                    ("Content-Type", content_type)]
        headers += [("XroadVnpt-" + n, v) for n, v in self.leaked.items() if n not in values]
        self.leaked.update(arguments)
        return headers

    def raw(self, path, arguments=None, body=b"", method="POST",
            content_type="application/x-www-form-urlencoded", change=None):
        headers = self.headers(arguments or {}, content_type)
        if change:
            headers = change(headers)
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if method == "POST":
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, data

    def call(self, *args, **kwargs):
        status, data = self.raw(*args, **kwargs)
        answer = json.loads(data)
        answer["http"] = status
        return answer

    def send(self, data, sender, kind="edoc", spell=unpadded, tail=b"\r\n", service="eDoc",
             **more):
        arguments = {"from": sender, "servicetype": service, "messagetype": kind,
                     "hash-file": spell(data)}
        arguments.update(more)
        return self.call("/sendEdoc", arguments, data + tail,
                         content_type="application/octet-stream")

    def received(self, kind="edoc", **more):
        arguments = {"servicetype": "eDoc", "messagetype": kind}
        arguments.update(more)
        return self.call("/getReceivedEdocList", arguments)


def ok(answer, what):
    check(answer["status"] == "OK" and answer["ErrorCode"] == "0" and "ErrorDesc" in answer,
          "%s: %s" % (what, answer))
    return answer


def fails(answer, code, what, text=""):
    check(answer["status"] == "FAIL" and answer["ErrorCode"] == code and
          text in answer["ErrorDesc"], "%s, wanted %s: %s" % (what, code, answer))


def variant(number, **ids):
    """The sample document under another number; ids replace codes of agencies."""
    data = DOCUMENT.replace(b"1234/UBND-KGVX", b"%d/UBND-KGVX" % number)
    for old, new in ids.items():
        old = old.replace("_", ".").encode()
        data = data.replace(b"<edXML:OrganId>" + old + b"</", b"<edXML:OrganId>" + new + b"</")
    return data


province, ward, other, centre = Client("H32.01"), Client("ward"), Client("other"), Client("centre")

# Sending: both spellings of the hash, with and without CR LF; a second sending is the first.
first = ok(province.send(DOCUMENT, "H32"), "send, unpadded, CR LF")
again = ok(province.send(DOCUMENT, "H32"), "send again")
check(first["DocId"] == again["DocId"], "the second sending has the first one's DocId")
third = ok(province.send(DOCUMENT, "H32", spell=padded, tail=b""), "send again, other spelling")
check(first["DocId"] == third["DocId"], "the spelling makes no other message")
second = ok(province.send(variant(2), "H32", spell=padded, tail=b"", service="EDOC"), "padded")
check(second["DocId"] != first["DocId"], "another document has another DocId")
ok(province.send(variant(3) + b"\r\n", "H32"), "a file that ends in CR LF itself")
ok(province.send(variant(4) + b"\r\n", "H32", tail=b""), "the same without the client's CR LF")
ok(province.send(variant(5, H32_21=b"000.00.21.H32"), "000.00.00.H32"), "codes of QCVN 102")
ok(province.send(variant(6, H32=b"H32.05"), "H32.05"), "a child agency sends")
ok(province.send(variant(7), "H32.01"), "from is the system's own id")

# Listing, with what leaked from the sends of another client object.
ward.leaked = dict(province.leaked)
rows = ok(ward.received(), "list")["data"]
check(len(rows) == 7, "the ward has 7 messages: %d" % len(rows))
check(set(rows[0]) == {"docId", "serviceType", "messageType", "created_time", "updated_time",
                       "from", "to", "status", "status_desc"}, "fields of a list row")
check(rows[0]["from"] == "H32" and rows[0]["to"] == "H32.21" and rows[0]["status"] == "initial"
      and rows[0]["messageType"] == "edoc" and rows[0]["serviceType"] == "eDoc", "first row")
check(rows[0]["docId"] != first["DocId"], "a receiver has a docId of its own")
check(ok(other.received(), "other's list")["data"][0]["docId"] != rows[0]["docId"],
      "each receiver has its own docId")
check(ok(ward.received("status"), "statuses")["data"] == [], "no statuses")
check(len(ok(ward.received(fromDate="2026/01/06", toDate="06/01/2026"), "dates")["data"]) == 7,
      "dates that hold the day")
check(ok(ward.received(fromDate="2026/01/07"), "later")["data"] == [], "dates after the day")
check(ok(ward.call("/countReceiveEdoc", body=b"{}"), "count")["count"] == 7, "count by POST")
check(ok(ward.call("/countReceiveEdoc", method="GET"), "count")["count"] == 7, "count by GET")
check(ok(ward.call("/countReceiveStatus", body=b"{}"), "count")["count"] == 0, "count statuses")

# Fetching: byte for byte, both ways, only one's own.
doc = rows[0]["docId"]
fetched = ok(ward.call("/getEdoc", {"docId": doc, "filePath": "/tmp/x.edxml"}, b"{}",
                       content_type="application/json"), "getEdoc")
check(base64.b64decode(fetched["data"]) == DOCUMENT, "getEdoc gives the bytes unchanged")
status, data = ward.raw("/downloadEdoc", {"docId": doc, "filePath": "/tmp/x.edxml"}, method="GET")
check(status == 200 and data == DOCUMENT, "downloadEdoc gives the bytes unchanged")
fails(other.call("/getEdoc", {"docId": doc}, b"{}"), "10", "somebody else's message")
status, data = other.raw("/downloadEdoc", {"docId": doc}, method="GET")
check(status == 404 and json.loads(data)["status"] == "FAIL", "download of somebody else's")
fails(ward.call("/getEdoc", {"docId": "../../etc/passwd"}, b"{}"), "10", "no such docId")
fails(ward.call("/getEdoc", {}, b"{}"), "10", "no docId at all")

# Acknowledging: a message is listed until it is done; done is not undone.
ok(ward.call("/updateStatus", {"docid": doc, "status": "processing"}, b"{}"), "processing")
check(ok(ward.received(), "list")["data"][0]["status"] == "processing", "listed while processing")
ok(ward.call("/updateStatus", {"docId": doc, "status": "done", "description": "ok"}, b"{}"), "done")
ok(ward.call("/updateStatus", {"docid": doc, "status": "DONE"}, b"{}"), "done again")
ok(ward.call("/updateStatus", {"docId": doc, "status": "processing"}, b"{}"), "late processing")
check(doc not in [r["docId"] for r in ok(ward.received(), "list")["data"]], "done is not listed")
fails(ward.call("/updateStatus", {"docId": doc, "status": "eaten"}, b"{}"), "22", "no such status")
fails(other.call("/updateStatus", {"docId": doc, "status": "fail"}, b"{}"), "10", "not its message")

sent = ok(province.call("/getSentEdocList", {"servicetype": "eDoc", "messagetype": "edoc",
                                             "docId": first["DocId"]}), "sent list")["data"]
check(len(sent) == 2, "one row for each receiver")
row = [r for r in sent if r["toCode"] == "H32.21"][0]
check(row["receiverDocId"] == doc and row["senderDocId"] == first["DocId"]
      and row["receiveStatus"] == "done" and row["notation"] == "1234/UBND-KGVX", "sent row")
check(set(row) == {"serviceType", "messageType", "title", "notation", "fromCode", "toCode",
                   "senderDocId", "receiverDocId", "sentTime", "sendStatus", "sendStatusDesc",
                   "receivedTime", "receiveStatus", "receiveStatusDesc"}, "fields of a sent row")

# Statuses go to whom ResponseFor names; 13 to the receiver.
ok(ward.send(STATUS, "H32.21", "status"), "status 03")
got = ok(province.received("status"), "statuses")["data"]
check(len(got) == 1 and got[0]["from"] == "H32.21" and got[0]["to"] == "H32", "status routed")
recall = (STATUS.replace(b"<edXML:StatusCode>03", b"<edXML:StatusCode>13")
          .replace(b"<edXML:OrganId>H32.21</", b"<edXML:OrganId>X</")
          .replace(b"<edXML:OrganId>H32</", b"<edXML:OrganId>H32.21</")
          .replace(b"<edXML:OrganId>X</", b"<edXML:OrganId>H32</"))
ok(province.send(recall, "H32", "status"), "status 13")
check(len(ok(ward.received("status"), "statuses")["data"]) == 1, "13 goes to the receiver")
ok(ward.send(STATUS.replace(b"10:22:41", b"10:22:42"), "H32.21", "status", to='["H32.48"]'),
   "status with to")
check(len(ok(other.received("status"), "statuses")["data"]) == 1, "to decides")
ok(province.send(variant(8), "H32", to='["H32.48"]'), "document to one of its receivers")
check("H32.21" not in [r["toCode"] for r in ok(province.call(
    "/getSentEdocList", {"messagetype": "edoc"}), "sent")["data"] if r["notation"][:2] == "8/"],
      "to narrows")

# Refusals. Nothing is half-done: the counts stay.
before = (ok(ward.call("/countReceiveEdoc"), "c")["count"],
          ok(other.call("/countReceiveEdoc"), "c")["count"])
fails(Client("H32.01", "wrong").received(), "15", "wrong secret")
fails(Client("H99").received(), "15", "unknown system")
fails(Client("H32.01", "wrong").send(b"x" * (8 << 20), "H32"), "15", "a large file, wrong secret")
fails(province.send(b"x" * (8 << 20), "H32.21"), "19", "a large file, wrong from")
fails(Client("H32.01", timestamp="23112019T191724+0629").received(), "15", "old timestamp")
fails(Client("H32.01", timestamp="06012027T100000+0000").received(), "15", "early timestamp")
fails(Client("H32.01", timestamp="yesterday").received(), "15", "no timestamp")
fails(province.call("/getReceivedEdocList", {"messagetype": "edoc"}, change=lambda h: [
    (n, "status" if n == "XroadVnpt-messagetype" else v) for n, v in h]), "15", "changed header")
fails(province.call("/getReceivedEdocList", {}, change=lambda h: [
    x for x in h if x[0] != "XroadVnpt-hash-header"]), "15", "no MAC")
fails(province.send(variant(20), "H32.21"), "19", "somebody else's from", "H32.21")
fails(province.send(variant(20, H32=b"H32.48"), "H32"), "19", "somebody else's From in the file")
fails(province.send(variant(20, H32_48=b"H32.404"), "H32"), "18", "unknown receiver", "H32.404")
fails(province.send(variant(20, H32_48=b"H32.77"), "H32"), "18", "not connected", "H32.77")
fails(province.send(variant(20, H32_48=b"H32.99"), "H32"), "23", "closed receiver", "H32.99")
fails(province.send(variant(20), "H32", to='["H32.05"]'), "18", "to beside To")
fails(province.send(variant(20), "H32", to='[1,2]'), "22", "to that is none")
fails(province.send(b"<edXML>", "H32"), "22", "no XML")
fails(province.send(b"<!DOCTYPE a><edXML/>", "H32"), "22", "a DOCTYPE")
fails(province.send(b'<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/">'
                    b'</SOAP-ENV:Envelope>', "H32"), "22", "dialect B")
fails(province.send(b'<eDoc xmlns="http://www.go.vn/eDoc"/>', "H32"), "22", "dialect C")
fails(province.send(STATUS, "H32", "edoc"), "22", "a status sent as document")
fails(province.send(DOCUMENT, "H32", "letter"), "22", "no such kind")
fails(province.send(variant(21), "H32", spell=lambda d: "00" * 32), "10", "wrong hash")
fails(province.send(b"", "H32"), "22", "an empty file")
fails(province.call("/sendEdoc", {"from": "H32", "messagetype": "edoc", "hash-file": ""}), "10",
      "no body")
after = (ok(ward.call("/countReceiveEdoc"), "c")["count"],
         ok(other.call("/countReceiveEdoc"), "c")["count"])
check(before == after, "refusals leave nothing behind: %s %s" % (before, after))

# The directory.
agencies = ok(province.call("/getAgenciesList"), "agencies")["data"]
check({"id", "pid", "code", "oldCode", "name", "mail"} == set(agencies[0]), "agency fields")
check([a["code"] for a in agencies][:2] == ["H32", "H32.05"] and
      agencies[1]["pid"] == agencies[0]["id"] and
      agencies[0]["name"] == "Ủy ban nhân dân tỉnh Khánh Hòa", "agencies")
qd20 = ok(province.call("/getAgenciesListQD20", {"level": "1"}), "QD20")["data"]
check({"id", "code", "code102", "name", "mail"} == set(qd20[0]) and
      qd20[0]["code102"] == "000.00.00.H32", "QD20 fields")
units = ok(province.call("/getSynchronizeUnit"), "units")["data"]
check({"id", "pid", "code", "name", "mail", "version", "centerCode", "deleted", "modifyDate",
       "isAgency"} == set(units[0]), "unit fields")
check([u["deleted"] for u in units if u["code"] == "H32.99"] == [True], "closed is deleted")
new = json.dumps({"id": "", "pcode": "H32", "code": "H32.60", "name": "Xã Mới", "mail": "",
                  "mobile": "", "fax": ""}).encode()
fails(province.call("/registerAgency", body=new, content_type="application/json"), "15",
      "no administrator registers")
kept = []
ok(centre.call("/registerAgency", body=new, content_type="application/json",
               change=lambda h: kept.extend(h) or h), "register")
fails(centre.call("/registerAgency", body=new.replace(b"H32.60", b"H32.61"),
                  content_type="application/json", change=lambda h: kept), "15",
      "kept headers with another body")
fails(centre.call("/registerAgency", body=b"[]", content_type="application/json",
                  change=None), "22", "no object")
centre.timestamp = centre.timestamp[:-3] + "001"
fails(centre.call("/registerAgency", body=new.replace(b"H32.60", b"H32.21"),
                  content_type="application/json"), "19", "somebody else's agency")
ok(centre.send(variant(30, H32=b"H32.60"), "H32.60"), "a registered agency sends")
fails(province.call("/deleteAgency", {"AgencyCode": "H32.60"}, b"{}"), "15", "no administrator")
ok(centre.call("/deleteAgency", {"AgencyCode": "H32.60"}, b"{}"), "delete")
fails(centre.send(variant(31, H32=b"H32.60"), "H32.60"), "19", "a closed agency does not send")
fails(centre.call("/deleteAgency", {"AgencyCode": "H1.60"}, b"{}"), "18", "no such agency")

status, data = province.raw("/noSuchCall")
check(status == 404 and json.loads(data)["status"] == "FAIL", "no such call")
print("checks failed:", len(failures))
sys.exit(min(len(failures), 100))
