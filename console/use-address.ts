import { useCallback, useEffect, useState } from 'preact/hooks';
import { type Address, type AddressChange, changed, formatAddress, parseAddress } from './address.ts';

/** Changes what is shown. @param isStep - whether the browser's way back leads to what was shown before. */
export type Go = (change: AddressChange, isStep?: boolean) => void;

/** What is shown, and what changes it. */
export function useAddress(): readonly [Address, Go] {
  const [address, setAddress] = useState(() => parseAddress(location.hash));
  useEffect(() => {
    const onChange = () => setAddress(parseAddress(location.hash));
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  const go = useCallback<Go>((change, isStep = false) => {
    const hash = formatAddress(changed(parseAddress(location.hash), change));
    if (isStep) location.hash = hash;
    else history.replaceState(null, '', hash);
    setAddress(parseAddress(hash));
  }, []);
  return [address, go];
}
