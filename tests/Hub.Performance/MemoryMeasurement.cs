namespace Hub.Performance;

/// <summary>What an administration costs while nobody calls: the managed heap after a full collection, with some of them and with all.</summary>
internal static class MemoryMeasurement
{
    // The first ones also pay for what all share; they are not counted.
    private const int First = LoadPlan.Administrations / 2;

    public static async Task<Memory> MeasureAsync()
    {
        using var folder = new SyntheticFolder();
        await using var hub = await LoadedHub.StartAsync(folder.Path, periods: 2);
        await hub.SubmitAsync(0, 0, First);
        var some = Heap();
        await hub.SubmitAsync(0, First, LoadPlan.Administrations);
        var all = Heap();
        await hub.SubmitAsync(1);
        var twice = Heap();
        await hub.PutToSleepAsync();
        return new Memory(
            (all - some) / (LoadPlan.Administrations - First), (twice - all) / LoadPlan.Administrations, (twice - Heap()) / LoadPlan.Administrations);
    }

    private static long Heap()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}

/// <summary>Bytes of the managed heap for each administration.</summary>
/// <param name="BytesAwake">Grain and state with one submission of 33 values.</param>
/// <param name="BytesPerSubmission">One submission more.</param>
/// <param name="BytesFreedAsleep">What is given back when a grain with two submissions is deactivated.</param>
internal sealed record Memory(long BytesAwake, long BytesPerSubmission, long BytesFreedAsleep);
