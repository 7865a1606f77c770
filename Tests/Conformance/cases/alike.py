"""That several devices, and the server, end with the same."""

from kossync import text_state
from kossync.schema import pb
from suite import expect
from world import accepted


def contents(state):
    """The texts of an encoded state as they were sent, inflated: from field to encoded TextContent."""
    return {one.field: text_state.content_of(one) for one in pb.RecordState.FromString(state).texts}


def alike(world, record, *devices):
    """That these hold what the server computed, to the byte; its texts as it wrote them."""
    fresh = world.second_device(devices[0]).follow()
    sent = contents(fresh.entered[record])
    for device in devices:
        mine = device.records[record].encode()
        expect(mine, fresh.records[record].encode(), "state")
        expect(contents(mine), sent, "texts as the server wrote them")
    return sent


def together(record, *devices):
    """Pushes what each has, and takes in what the others had."""
    for device in devices:
        accepted(device)
    wanted = {}
    for device in devices:
        number, _ = device.journal.heads.get(record, (0, b""))
        if number:
            wanted[device.actor] = number
    for device in devices:
        device.until(lambda d=device: record in d.records and wanted.items() <= seen(d, record).items())


def seen(device, record):
    return device.records[record].fields.version
